// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.domain.Percent;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// What Steward presents to others, such as a provider's key. A value is never an argument: those
/// are seen by everybody on the machine and kept by the shell.
@Command(name = "secrets", description = "Sets, lists and deletes secrets; a value is never shown.")
public final class SecretsCommand {
  private static final int VALUE_BYTES_MAX = 64 * 1024;

  private final Supplier<InputStream> input;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  public SecretsCommand() {
    this(() -> System.in, System.getenv());
  }

  /// @param input where a value is read from
  public SecretsCommand(Supplier<InputStream> input, Map<String, String> environment) {
    this.input = input;
    this.environment = Map.copyOf(environment);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Sets a secret from standard input or a variable; the next call presents it.")
  int set(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "as a provider's 'secret' names it")
          String name,
      @Option(names = "--from-env", paramLabel = "VAR", description = "the variable that holds it")
          @Nullable String variable) {
    byte[] value = variable == null ? typed(name) : held(variable);
    JsonNode set =
        server
            .connect()
            .put("/api/v1/secrets/" + Percent.encoded(name), "text/plain; charset=utf-8", value);
    output.write(
        spec.commandLine().getOut(),
        set,
        done -> "set the secret %s%n".formatted(done.path("name").asString()));
    return ExitCode.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists the names, never the values.")
  int list(@Mixin ServerOptions server, @Mixin Output output) {
    JsonNode secrets = server.connect().get("/api/v1/secrets");
    output.write(spec.commandLine().getOut(), secrets, SecretsCommand::table);
    return ExitCode.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Deletes a secret.")
  int delete(@Mixin ServerOptions server, @Parameters(paramLabel = "NAME") String name) {
    server.connect().delete("/api/v1/secrets/" + Percent.encoded(name));
    spec.commandLine().getOut().println("deleted the secret " + name);
    return ExitCode.DONE;
  }

  private byte[] held(String variable) {
    String value = environment.get(variable);
    if (value == null || value.isBlank()) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "the variable " + variable + " is not set; set it, or use stdin");
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] typed(String name) {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (console.isPresent()) {
      char[] typed = console.get().readPassword("value of %s (not shown): ", name);
      return typed == null ? new byte[0] : new String(typed).getBytes(StandardCharsets.UTF_8);
    }
    try {
      return input.get().readNBytes(VALUE_BYTES_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }

  private static String table(JsonNode answer) {
    Table table = new Table("NAME", "SET", "BY");
    for (JsonNode secret : answer.path("items")) {
      table.row(
          secret.path("name").asString(),
          secret.path("rotatedAt").asString(),
          secret.path("origin").asString());
    }
    return table.isEmpty() ? "no secrets\n" : table.toString();
  }
}
