// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    script(path.resolve("mvn"), "echo 'no such module'; exit 1");

    assertThat(run()).isEqualTo(2);
    assertThat(said()).contains("no such module").contains("target/build.log");
  }

  @Test
  void withoutAJdkThatIsNewEnoughItSaysWhatToInstallAndEndsWithTwo() throws Exception {
    // Where JDKs usually lie is asked of ls, and this one knows of none.
    Files.delete(path.resolve("ls"));
    script(path.resolve("ls"), "exit 2");

    assertThat(run(jdk("17", "exit 9"))).isEqualTo(2);
    assertThat(said()).contains("no JDK 25 or newer").contains("apt-get install");
  }

  @Test
  void aWarmUpThatFailsLeavesNothingAndTheProgramStarts() throws Exception {
    Path target = Files.createDirectories(home.resolve("target"));
    Files.createDirectory(target.resolve("lib"));
    Files.createFile(target.resolve("steward.jar"));
    String java =
        """
        for word; do
          case "$word" in -XX:AOTCacheOutput=*) echo half > "${word#*=}"; exit 2;; esac
        done
        echo started\
        """;

    assertThat(run(jdk("25", java))).isZero();
    assertThat(said()).contains("started");
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left).noneMatch(file -> file.getFileName().toString().contains("aot"));
    }
  }

  /// A folder that the launcher takes for a JDK.
  private Path jdk(String version, String java) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(Files.createDirectories(jdk.resolve("bin")).resolve("java"), java);
    return jdk;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!" + tool("bash") + "\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private int run() throws IOException, InterruptedException {
    return run(Path.of(System.getProperty("java.home")));
  }

  private int run(Path jdk) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(path.resolve("bash").toString(), home.resolve("steward").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("STEWARD_JAVA_HOME", jdk.toString());
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
