import { execFile } from "node:child_process";
import { mkdir, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A new folder in which the package is installed as it would be published, with what it needs. */
export async function installed(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-client-"));
  const packed = JSON.parse((await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder])).stdout) as {
    filename: string;
  }[];
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  await run("tar", ["-xzf", join(folder, packed[0]?.filename ?? ""), "-C", modules]);
  await run("mv", [join(modules, "package"), join(modules, "tandem-client")]);
  for (const name of ["@bufbuild", "@connectrpc", "@types", "typescript", "undici-types"]) {
    await symlink(resolve("node_modules", name), join(modules, name));
  }
  return folder;
}
