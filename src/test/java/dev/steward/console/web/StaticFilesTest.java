// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StaticFilesTest {
  private final StaticFiles files = new StaticFiles();

  @Test
  void anAddressNamesItsBytes() {
    assertThat(files.paths()).containsKeys("tokens.css", "base.css", "console.js", "htmx.js");
    files
        .paths()
        .forEach((name, path) -> {
          assertThat(path).matches("/static/[a-z]+-[0-9a-f]{12}\\.[a-z]+");
          StaticFiles.StaticFile file = files.find(path).orElseThrow();
          assertThat(file.immutable()).isTrue();
          assertThat(file.etag()).isEqualTo("\"" + path.replaceAll(".*-|\\..*", "") + "\"");
          assertThat(files.find("/static/" + name).orElseThrow().immutable()).isFalse();
        });
  }

  @Test
  void nothingElseIsServed() {
    assertThat(files.find("/static/../console/base.css")).isEmpty();
    assertThat(files.find("/static/")).isEmpty();
  }

  @Test
  void noStyleOrScriptNamesAnotherHost() {
    for (String name : files.paths().keySet()) {
      if (!name.equals("htmx.js") && !name.equals("icon.svg")) {
        String text =
            new String(files.find("/static/" + name).orElseThrow().bytes(), StandardCharsets.UTF_8);
        assertThat(text.replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
      }
    }
  }
}
