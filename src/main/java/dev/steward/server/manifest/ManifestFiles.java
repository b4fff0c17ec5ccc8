// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Where a command reads manifests: the option of all commands that do.
final class ManifestFiles {
  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE|DIR",
      description = "a file, a folder, or - for standard input; may be repeated")
  private List<Path> files = List.of();

  ObjectNode read() {
    return ManifestsOnDisk.read(files, System.in);
  }
}
