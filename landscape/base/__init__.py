"""What every room stands on: errors, findings, months, texts by language, atomic files."""
