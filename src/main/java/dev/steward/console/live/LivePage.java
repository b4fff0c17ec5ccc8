// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Mark;
import dev.steward.console.stop.KillRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is in flight at this moment.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param kills in force, the newest first
/// @param health how the providers answer, null for a reader who may not see it
/// @param servers how the tool servers and the endpoints of agents answer, none for a reader who
///   may not see it
public record LivePage(
    Frame frame,
    Head head,
    String done,
    String wrong,
    List<KillRow> kills,
    @Nullable Providers health,
    List<ServerRow> servers,
    Calls calls) {
  public LivePage {
    servers = List.copyOf(servers);
    kills = List.copyOf(kills);
  }

  /// What is going on, in a sentence.
  public record Head(Mark mark, String title, String lede) {}

  /// The calls in their rows.
  ///
  /// @param more what is said of those that have no row, "" for nothing
  public record Calls(List<CallRow> rows, String more) {
    public Calls {
      rows = List.copyOf(rows);
    }
  }

  /// The providers.
  ///
  /// @param none what stands there without any
  public record Providers(List<ProviderRow> rows, @Nullable Empty none) {
    public Providers {
      rows = List.copyOf(rows);
    }
  }
}
