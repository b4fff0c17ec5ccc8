// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.domain.ApiException;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.config.ConfigException;
import dev.steward.server.folder.StartRefused;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Turns what a command throws into one sentence for the person at the terminal, and an exit code.
public final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed)
      throws Exception {
    int exitCode = exitCode(thrown);
    command.getErr().println("steward: " + said(thrown));
    command.getErr().flush();
    return exitCode;
  }

  /// @throws Exception the thrown one, when it is a fault of the program
  private static int exitCode(Exception thrown) throws Exception {
    return switch (thrown) {
      case CommandFailure failure -> failure.exitCode();
      case ApiException refused ->
          refused.code().retryable() ? ExitCode.UNREACHABLE : ExitCode.WRONG_USE;
      case ConfigException _ -> ExitCode.WRONG_USE;
      case StartRefused _ -> ExitCode.CHECK_FAILED;
      case FileSystemException _ -> ExitCode.WRONG_USE;
      case IOException _ -> ExitCode.UNREACHABLE;
      default -> throw thrown;
    };
  }

  private static String said(Exception thrown) {
    String message = thrown.getMessage();
    if (thrown instanceof NoSuchFileException) {
      return "there is no file " + message;
    }
    if (thrown instanceof AccessDeniedException) {
      return "no right to use " + message;
    }
    return message == null || message.isEmpty() ? thrown.toString() : message;
  }
}
