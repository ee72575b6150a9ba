"""Renders chat templates with Python's Jinja2, set up as transformers does, to compare Tandem's interpreter with.

usage: render_templates.py CONVERSATIONS.json OUT.json FOLDER...

Templates are the files *.jinja in the folders, the chat templates inside of *.gguf and of tokenizer_config.json.
OUT.json: {"sources": {name: source}, "renders": [{"template", "conversation", "generation_prompt", "output" or "error"}]}
"""

import datetime
import json
import pathlib
import struct
import sys

import jinja2
import jinja2.ext
import jinja2.sandbox

NOW = datetime.datetime(2026, 3, 9, 7, 5, 3)


class Generation(jinja2.ext.Extension):
    """{% generation %} marks what a model learns from; its body is rendered as it is."""

    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(["name:endgeneration"], drop_needle=True)


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


def environment():
    env = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda pattern: NOW.strftime(pattern)
    return env


class Gguf:
    """Reads the string values of a GGUF file's metadata (format versions 2 and 3)."""

    SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
    STRING, ARRAY = 8, 9

    def __init__(self, file):
        self.file = file

    def number(self, pattern):
        return struct.unpack("<" + pattern, self.file.read(struct.calcsize(pattern)))[0]

    def string(self):
        return self.file.read(self.number("Q")).decode()

    def value(self, kind):
        if kind == self.STRING:
            return self.string()
        if kind == self.ARRAY:
            item, count = self.number("I"), self.number("Q")
            for _ in range(count):
                self.value(item)
        else:
            self.file.read(self.SIZES[kind])
        return None

    def chat_templates(self):
        self.file.read(8)
        _, count = self.number("Q"), self.number("Q")
        for _ in range(count):
            key, value = self.string(), self.value(self.number("I"))
            if key.startswith("tokenizer.chat_template") and isinstance(value, str):
                yield key, value


def sources(folders):
    for path in sorted(p for folder in folders for p in pathlib.Path(folder).rglob("*") if p.is_file()):
        if path.suffix == ".jinja":
            yield path.name, path.read_bytes().decode()
        elif path.suffix == ".gguf":
            with path.open("rb") as file:
                for key, value in Gguf(file).chat_templates():
                    yield f"{path.name} {key}", value
        elif path.name == "tokenizer_config.json":
            template = json.loads(path.read_text()).get("chat_template")
            if isinstance(template, str):
                yield f"{path.parent.name} {path.name}", template


def variables(conversation, generation_prompt):
    return {
        "tools": None,
        "documents": None,
        **conversation,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "add_generation_prompt": generation_prompt,
    }


def render(template, context):
    try:
        return {"output": template.render(**context)}
    except Exception as failure:  # whatever Python raises is the truth
        return {"error": f"{type(failure).__name__}: {failure}"}


def main(conversations_file, out_file, *folders):
    conversations = json.loads(pathlib.Path(conversations_file).read_text())
    env = environment()
    found, renders = {}, []
    for name, source in sources(folders):
        try:
            template = env.from_string(source)
        except jinja2.TemplateSyntaxError as failure:
            print(f"{name}: Python does not parse it: {failure}", file=sys.stderr)
            continue
        found[name] = source
        for conversation, content in conversations.items():
            for generation_prompt in (True, False):
                result = render(template, variables(content, generation_prompt))
                renders.append(
                    {
                        "template": name,
                        "conversation": conversation,
                        "generation_prompt": generation_prompt,
                        **result,
                    }
                )
    text = json.dumps({"sources": found, "renders": renders}, ensure_ascii=False, indent=1)
    pathlib.Path(out_file).write_text(text + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
