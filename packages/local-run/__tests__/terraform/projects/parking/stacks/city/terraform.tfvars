garages = {
  station = { spaces = 2 }
  opera   = { spaces = 40 }
}
