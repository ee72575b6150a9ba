"""A plugin of protoc: messages, their types and gRPC's stubs for Python, as modules of one package that may stand anywhere, and that package.

protoc itself writes modules that import each other by the .proto files' packages.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from google.protobuf.compiler import plugin_pb2
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

IMPORT = re.compile(r"^from tandem\.v1 import ", re.MULTILINE)
KINDS = ("python", "mypy", "grpc_python", "mypy_grpc")
FRONT = '"""The messages of the contract, and stubs of its services."""'


def made(request: plugin_pb2.CodeGeneratorRequest, folder: Path) -> dict[str, str]:
    """The modules, by their names."""
    descriptors = folder / "descriptors.binpb"
    descriptors.write_bytes(FileDescriptorSet(file=request.proto_file).SerializeToString())
    out = folder / "out"
    out.mkdir()
    kinds = [f"--{kind}_out={out}" for kind in KINDS]
    quiet = ["--mypy_opt=quiet", "--mypy_grpc_opt=quiet"]
    command = [sys.executable, "-m", "grpc_tools.protoc", f"--descriptor_set_in={descriptors}", *kinds, *quiet]
    subprocess.run([*command, *request.file_to_generate], check=True)
    wanted = [file for file in request.proto_file if file.name in request.file_to_generate]
    without_services = {f"{Path(file.name).stem}_pb2_grpc" for file in wanted if not file.service}
    files = sorted(each for each in out.rglob("*.py*") if each.stem not in without_services)
    modules = {each.name: IMPORT.sub("from . import ", each.read_text()) for each in files}
    return modules | {"__init__.py": front(wanted)}


def names(file: FileDescriptorProto) -> Iterator[tuple[str, str]]:
    """What a file brings into the package: a module and a name in it."""
    stem = Path(file.name).stem
    for each in [*file.message_type, *file.enum_type]:
        yield f"{stem}_pb2", each.name
    for enum in file.enum_type:
        yield from ((f"{stem}_pb2", value.name) for value in enum.value)
    for service in file.service:
        for name in (f"{service.name}Stub", f"{service.name}Servicer", f"add_{service.name}Servicer_to_server"):
            yield f"{stem}_pb2_grpc", name


def front(files: list[FileDescriptorProto]) -> str:
    """The package itself, which has every name."""
    found = sorted(pair for file in files for pair in names(file))
    lines = [FRONT, ""]
    for module in sorted({module for module, _ in found}):
        lines += [f"from .{module} import (", *(f"    {name}," for each, name in found if each == module), ")"]
    lines += ["", "__all__ = [", *(f'    "{name}",' for name in sorted(name for _, name in found)), "]", ""]
    return "\n".join(lines)


def main() -> None:
    request = plugin_pb2.CodeGeneratorRequest.FromString(sys.stdin.buffer.read())
    response = plugin_pb2.CodeGeneratorResponse(supported_features=plugin_pb2.CodeGeneratorResponse.FEATURE_PROTO3_OPTIONAL)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in made(request, Path(folder)).items():
            response.file.add(name=name, content=content)
    sys.stdout.buffer.write(response.SerializeToString())


main()
