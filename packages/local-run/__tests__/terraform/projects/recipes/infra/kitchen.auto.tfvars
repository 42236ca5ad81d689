environment     = "test"
allowed_origins = ["https://kitchen.example.com", "http://localhost:5173"]
