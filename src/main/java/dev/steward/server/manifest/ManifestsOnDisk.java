// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The YAML that `-f` names: a file, a folder of them, or `-` for standard input.
public final class ManifestsOnDisk {
  private static final JsonMapper JSON = new JsonMapper();

  private ManifestsOnDisk() {}

  static ObjectNode read(List<Path> sources, InputStream standardInput) {
    List<ManifestFile> files = new ArrayList<>();
    for (Path source : sources) {
      if (source.toString().equals("-")) {
        files.add(new ManifestFile("standard input", textOf(standardInput)));
      } else {
        files.addAll(Manifests.files(source));
      }
    }
    return body(files);
  }

  /// The body of an apply: every file with its name, so that a problem can name it.
  public static ObjectNode body(List<ManifestFile> files) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode array = body.putArray("files");
    files.forEach(file -> array.addObject().put("name", file.name()).put("text", file.text()));
    return body;
  }

  private static String textOf(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.WRONG_USE, "cannot read standard input: " + e.getMessage());
    }
  }
}
