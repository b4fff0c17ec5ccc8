// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher where something that it needs is missing.
class LauncherTest {
  private static final List<String> TOOLS =
      List.of("bash", "dirname", "readlink", "sed", "ls", "sort", "find", "tail", "mkdir", "rm");

  @TempDir Path folder;
  private Path home;
  private Path path;

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectories(folder.resolve("steward home"));
    Files.copy(Path.of("steward"), home.resolve("steward"), StandardCopyOption.COPY_ATTRIBUTES);
    path = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(path.resolve(tool), tool(tool));
    }
  }

  @Test
  void withoutMavenItSaysWhatToInstallAndEndsWithTwo() throws Exception {
    Files.createDirectories(home.resolve("src/main"));

    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("no mvn on PATH").contains("apt-get install maven");
    assertThat(home.resolve("target")).doesNotExist();
  }

  @Test
  void withoutSourcesAndWithoutABuildItSaysHowToBuild() throws Exception {
    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("steward.jar is missing").contains("mvn");
  }

  @Test
  void aBuildThatFailsShowsItsEndAndWhereAllOfItIs() throws Exception {
    Files.createDirectories(home.resolve("src/main"));
    Path maven = path.resolve("mvn");
    Files.writeString(maven, "#!" + tool("bash") + "\necho 'no such module'; exit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();

    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("no such module").contains("target/build.log");
  }

  private int run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(path.resolve("bash").toString(), home.resolve("steward").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("STEWARD_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said.txt"));
  }

  private static Path tool(String name) {
    for (String place : List.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
      Path tool = Path.of(place, name);
      if (Files.isExecutable(tool)) {
        return tool;
      }
    }
    throw new IllegalStateException("this machine has no " + name);
  }
}
