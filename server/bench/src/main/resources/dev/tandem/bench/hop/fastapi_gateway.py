"""A gateway as one writes it with FastAPI: requests and answers are checked models, connections are kept."""

import os
from contextlib import asynccontextmanager
from typing import Any, Literal

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

UPSTREAM = os.environ["UPSTREAM"]


class Message(BaseModel):
    role: Literal["system", "user", "assistant", "tool"]
    content: str | None = None


class ChatRequest(BaseModel):
    model: str
    messages: list[Message]
    max_tokens: int | None = None
    temperature: float | None = None
    seed: int | None = None
    stream: bool = False


class Choice(BaseModel):
    index: int
    message: Message
    logprobs: Any | None = None
    finish_reason: str | None = None


class Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    id: str
    object: str
    created: int
    model: str
    system_fingerprint: str | None = None
    choices: list[Choice]
    usage: Usage | None = None


class Delta(BaseModel):
    role: str | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    index: int
    delta: Delta
    logprobs: Any | None = None
    finish_reason: str | None = None


class ChatChunk(BaseModel):
    id: str
    object: str
    created: int
    model: str
    system_fingerprint: str | None = None
    choices: list[ChunkChoice]
    usage: Usage | None = None


@asynccontextmanager
async def lifespan(app: FastAPI):
    limits = httpx.Limits(max_connections=2000, max_keepalive_connections=2000)
    async with httpx.AsyncClient(base_url=UPSTREAM, limits=limits, timeout=300) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


async def events(client: httpx.AsyncClient, body: str):
    headers = {"content-type": "application/json", "accept": "text/event-stream"}
    async with client.stream("POST", "/v1/chat/completions", content=body, headers=headers) as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            if not line.startswith("data: "):
                continue
            data = line[6:]
            if data == "[DONE]":
                yield "data: [DONE]\n\n"
                return
            chunk = ChatChunk.model_validate_json(data)
            yield f"data: {chunk.model_dump_json(exclude_none=True)}\n\n"


@app.post("/v1/chat/completions")
async def chat(request: ChatRequest, http: Request):
    client: httpx.AsyncClient = http.app.state.client
    body = request.model_dump_json(exclude_none=True)
    if request.stream:
        return StreamingResponse(events(client, body), media_type="text/event-stream")
    answer = await client.post("/v1/chat/completions", content=body, headers={"content-type": "application/json"})
    answer.raise_for_status()
    completion = ChatCompletion.model_validate_json(answer.content)
    return Response(completion.model_dump_json(exclude_none=True), media_type="application/json")
