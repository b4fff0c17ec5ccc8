// SPDX-License-Identifier: Apache-2.0
package dev.steward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the tree tidy in what a compiler does not see.
class TidyTest {
  private static final int LINES_MAX = 500;
  private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern VAGUE_NAME =
      Pattern.compile(".*(Impl|Util|Utils|Manager|Helper|Helpers)\\.java");

  @Test
  void noFileIsLong() {
    assertThat(
            sources().filter(f -> SourceTree.read(f).lines().count() > LINES_MAX).map(this::shown))
        .as("files over " + LINES_MAX + " lines")
        .isEmpty();
  }

  @Test
  void noNameIsVague() {
    assertThat(
            sources()
                .filter(f -> VAGUE_NAME.matcher(f.getFileName().toString()).matches())
                .map(this::shown))
        .isEmpty();
  }

  @Test
  void everyFileNamesItsLicense() {
    assertThat(
            java()
                .filter(f -> !SourceTree.read(f).startsWith("// SPDX-License-Identifier"))
                .map(this::shown))
        .isEmpty();
  }

  @Test
  void nothingIsLeftToDoAndNothingIsPrinted() {
    Pattern stray = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|\\.print" + "StackTrace\\(");
    assertThat(java().filter(f -> stray.matcher(SourceTree.read(f)).find()).map(this::shown))
        .isEmpty();
    assertThat(
            java()
                .filter(f -> f.startsWith(SourceTree.root().resolve("src/main")))
                .filter(f -> !shown(f).contains("/server/") && !shown(f).contains("/demo/"))
                .filter(f -> SourceTree.read(f).contains("System.out" + "."))
                .map(this::shown))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() {
    assertThat(
            java()
                .filter(f -> f.startsWith(SourceTree.root().resolve("src/main")))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .filter(folder -> !shown(folder).equals("src/main/java/dev/steward"))
                .map(this::shown))
        .isEmpty();
  }

  @Test
  void noLinkInTheDocsIsDead() {
    List<String> dead = new ArrayList<>();
    for (Path page : docs().toList()) {
      Matcher link = MARKDOWN_LINK.matcher(SourceTree.read(page));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
          dead.add(shown(page) + " -> " + target);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  private Stream<Path> sources() {
    return Stream.concat(
        java(), Stream.of(".jte", ".css", ".js").flatMap(e -> SourceTree.files("src", e).stream()));
  }

  private Stream<Path> java() {
    return Stream.of("src", "bench").flatMap(f -> SourceTree.files(f, ".java").stream());
  }

  private Stream<Path> docs() {
    return Stream.of("docs", "src", "bench", ".")
        .flatMap(f -> SourceTree.files(f, ".md").stream())
        .distinct();
  }

  private String shown(Path file) {
    return SourceTree.root().relativize(file).toString();
  }
}
