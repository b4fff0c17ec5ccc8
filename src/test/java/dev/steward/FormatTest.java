// SPDX-License-Identifier: Apache-2.0
package dev.steward;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps every Java file in google-java-format; `make format` mends.
class FormatTest {
  @Test
  void everyFileIsFormatted() throws FormatterException {
    Formatter formatter = new Formatter();
    List<Path> unformatted = new ArrayList<>();
    for (Path file : javaFiles()) {
      String source = SourceTree.read(file);
      if (!formatter.formatSource(source).equals(source)) {
        unformatted.add(SourceTree.root().relativize(file));
      }
    }
    assertThat(unformatted).as("run 'make format'").isEmpty();
  }

  private static List<Path> javaFiles() {
    return Stream.of("src", "bench")
        .flatMap(folder -> SourceTree.files(folder, ".java").stream())
        .toList();
  }
}
