"""The look: roles for colours and sizes, and the controls drawn with them."""
