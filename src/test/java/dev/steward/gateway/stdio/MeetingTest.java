// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.policy.Calls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@Timeout(60)
@EnabledIf(value = "hasShell", disabledReason = "skipped: there is no /bin/sh")
class MeetingTest {
  private static final ToolServer SERVER = Calls.server("slow", "{}", "read");
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String ANSWERS =
      """
      id() { printf '%s' "$1" | sed 's/.*"id":\\("[^"]*"\\|[0-9]*\\).*/\\1/'; }
      says() { printf '{"jsonrpc":"2.0","id":%s,%s}\\n' "$(id "$1")" "$2"; }
      """;

  private @Nullable StdioProcess process;

  static boolean hasShell() {
    return Files.isExecutable(Path.of("/bin/sh"));
  }

  @AfterEach
  void stop() {
    Objects.requireNonNull(process).close();
  }

  @Test
  void aServerThatIsSlowToStartIsAskedAgainWhenItRefusesTheOlderGreeting() throws Exception {
    StdioProcess met =
        meet(
            SOON,
            """
            read discover; read initialize
            says "$initialize" '"error":{"code":-32601,"message":"refused"}'
            read again
            says "$again" '"result":{"supportedVersions":["2026-07-28"]}'
            read end
            """);

    assertThat(met.era()).isEqualTo(Era.MODERN);
  }

  @Test
  void aServerThatNeverKnewTheQuestionIsGreetedTheOlderWay() throws Exception {
    StdioProcess met =
        meet(
            LONG,
            """
            read discover; says "$discover" '"error":{"code":-32601,"message":"no such method"}'
            read initialize; says "$initialize" '"result":{"protocolVersion":"2025-11-25"}'
            read initialized; read end
            """);

    assertThat(met.era()).isEqualTo(Era.LEGACY);
  }

  @Test
  void aServerThatRefusesBothIsNotUsedAndItsReasonIsNamed() {
    assertThatThrownBy(() ->
            meet(
                LONG,
                """
                read discover; says "$discover" '"error":{"code":-32601,"message":"no such method"}'
                read initialize; says "$initialize" '"error":{"code":-32000,"message":"no licence"}'
                read end
                """))
        .isInstanceOfSatisfying(
            ToolServerException.class,
            e -> assertThat(e.reason().toString()).contains("slow begins no session: no licence"));
  }

  private StdioProcess meet(Duration probe, String script)
      throws IOException, InterruptedException, ToolServerException {
    Process shell = new ProcessBuilder("/bin/sh", "-c", ANSWERS + script).start();
    StdioProcess met = new StdioProcess("slow", shell, true);
    process = met;
    new Meeting(met, SERVER, probe).meet();
    return met;
  }
}
