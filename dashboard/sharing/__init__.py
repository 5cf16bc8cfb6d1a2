"""What travels with a link: preview, picture, citation, embed code."""
