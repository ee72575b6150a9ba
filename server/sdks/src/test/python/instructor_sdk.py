"""Instructor, unmodified: typed objects, lists and growing objects in its modes that ask by schema, by tool and by words.

Behind the base URL comes the kind of model: `scripted` says what the text says, and at first what breaks a rule; a `real` model
only has to keep to the types.
"""

import sys
from typing import Iterable

import instructor
import openai
from instructor import Mode
from pydantic import BaseModel, Field, field_validator
from tandem_test import BASE_URL, KEY, MODEL

SCRIPTED = sys.argv[2] == "scripted"
TEXT = [{"role": "user", "content": "Ann is 4 years old. Bob is 5 years old."}]
# a small model's lists have no end unless what it repeats becomes dearer
ASK = {"model": MODEL, "messages": TEXT, "temperature": 0, "max_tokens": 256, "frequency_penalty": 1.0}

# without a schema a small model does not find the names of the properties
# a small model takes seconds for each
MODES = [Mode.JSON_SCHEMA, Mode.TOOLS] + ([Mode.TOOLS_STRICT, Mode.JSON] if SCRIPTED else [])


class Person(BaseModel):
    name: str = Field(max_length=40)
    age: int


class LoudPerson(BaseModel):
    """Its rule is none that a schema can say: Instructor checks it and asks again."""

    name: str
    age: int

    @field_validator("name")
    @classmethod
    def is_loud(cls, name):
        if not name.isupper():
            raise ValueError("the name must be in capital letters")
        return name


def whole(client):
    person, completion = client.chat.completions.create_with_completion(response_model=Person, **ASK)
    assert isinstance(person, Person) and completion.usage.total_tokens > 0, (person, completion)
    if SCRIPTED:
        assert (person.name, person.age) == ("Ann", 4), person


def listed(client):
    by_helper = list(client.chat.completions.create_iterable(response_model=Person, **ASK))
    by_type = list(client.chat.completions.create(response_model=Iterable[Person], **ASK))
    by_stream = list(client.chat.completions.create(response_model=Iterable[Person], stream=True, **ASK))
    for people in (by_helper, by_type, by_stream):
        assert all(isinstance(person, Person) for person in people), people
        if SCRIPTED:
            assert [(person.name, person.age) for person in people] == [("Ann", 4), ("Bob", 5)], people


def growing(client):
    by_helper = list(client.chat.completions.create_partial(response_model=Person, **ASK))
    by_type = list(client.chat.completions.create(response_model=instructor.Partial[Person], stream=True, **ASK))
    for states in (by_helper, by_type):
        names = [state.name for state in states if state.name is not None]
        assert len(names) > 1 and all(names[-1].startswith(name) for name in names), states
        assert isinstance(states[-1].age, int), states[-1]
        if SCRIPTED:
            assert "A" in names and "An" in names and (states[-1].name, states[-1].age) == ("Ann", 4), states


def again(client):
    tries = []
    client.on("completion:response", tries.append)
    person = client.chat.completions.create(response_model=LoudPerson, max_retries=3, **ASK)
    assert (person.name, person.age) == ("ANN", 4) and len(tries) == 2, (person, len(tries))


def refused(client):
    """Of a schema that is checked the server itself says that the answer does not fit."""

    class Person(BaseModel):
        height: float

    try:
        client.chat.completions.create(response_model=Person, max_retries=1, **ASK)
    except Exception as e:
        assert "answer_invalid" in str(e) and "height" in str(e), e
        return
    raise AssertionError("an invalid answer was taken")


for mode in MODES:
    client = instructor.from_openai(openai.OpenAI(base_url=BASE_URL, api_key=KEY, max_retries=0), mode=mode)
    whole(client)
    listed(client)
    growing(client)
    if SCRIPTED:
        again(client)
        if mode == Mode.JSON_SCHEMA:
            refused(client)
    print(mode, "is right")
print("instructor is content")
