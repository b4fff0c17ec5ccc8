// SPDX-License-Identifier: Apache-2.0
package dev.steward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares generated documents with those in the tree. With `WRITE_REFERENCE=1` in the environment
/// it writes them instead.
public final class Reference {
  private Reference() {}

  public static void check(String file, String generated) {
    Path path = SourceTree.root().resolve(file);
    if ("1".equals(System.getenv("WRITE_REFERENCE"))) {
      write(path, generated);
    }
    assertThat(path).as("run 'make reference'").exists();
    assertThat(generated).as("run 'make reference': " + file).isEqualTo(SourceTree.read(path));
  }

  private static void write(Path path, String text) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
