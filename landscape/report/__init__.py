"""Pages, picture list and exports: what people read on GitHub, and what data users download."""
