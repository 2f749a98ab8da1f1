"""How the desktop looks, as data: colours, sizes, and the style sheet made from them."""
