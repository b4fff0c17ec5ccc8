// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

/// The exit codes of every command.
public final class ExitCode {
  public static final int DONE = 0;

  /// The check said no: proof refuted, gate failed, import incomplete.
  public static final int CHECK_FAILED = 1;

  public static final int WRONG_USE = 2;
  public static final int UNREACHABLE = 3;

  private ExitCode() {}
}
