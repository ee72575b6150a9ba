"""llama.cpp's own server with one model, until its input ends: file, "chat" or "embedding", key."""

import sys

import xllamacpp

file, what, key = sys.argv[1:]
params = xllamacpp.CommonParams()
params.model.path = file
params.n_ctx = 1024
params.n_parallel = 2
params.port = 0
params.cpuparams.n_threads = 1
params.use_jinja = True
if what == "embedding":
    params.embedding = True
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
params.api_keys = [key]
server = xllamacpp.Server(params)
print("listening at", server.listening_address, "since now", flush=True)
sys.stdin.read()
