// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The YAML that `-f` names: a file, a folder of `.yaml` and `.yml` files, or `-` for standard
/// input.
final class ManifestsOnDisk {
  private static final JsonMapper JSON = new JsonMapper();

  private ManifestsOnDisk() {}

  /// The body of an apply: every file with its name, so that a problem can name it.
  static ObjectNode read(List<Path> sources, InputStream standardInput) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode files = body.putArray("files");
    for (Path source : sources) {
      if (source.toString().equals("-")) {
        add(files, "standard input", textOf(standardInput));
      } else {
        filesOf(source).forEach(file -> add(files, file.toString(), textOf(file)));
      }
    }
    if (files.isEmpty()) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "no .yaml or .yml file in " + sources + "; name a file with -f");
    }
    return body;
  }

  private static void add(ArrayNode files, String name, String text) {
    files.addObject().put("name", name).put("text", text);
  }

  private static List<Path> filesOf(Path source) {
    if (!Files.exists(source)) {
      throw new CommandFailure(ExitCode.WRONG_USE, source + " does not exist");
    }
    if (!Files.isDirectory(source)) {
      return List.of(source);
    }
    try (Stream<Path> inside = Files.walk(source)) {
      return inside.filter(f -> f.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.WRONG_USE, "cannot read " + source + ": " + e.getMessage());
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "cannot read " + file + " as UTF-8: " + e.getMessage());
    }
  }

  private static String textOf(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.WRONG_USE, "cannot read standard input: " + e.getMessage());
    }
  }
}
