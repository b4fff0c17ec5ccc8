// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.artefact.ArtefactDiff;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One release: the track, what its gates say, who agreed, what it pins.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param missing what it waits for, "" for nothing
/// @param deeds what the reader may do to it
/// @param difference what its version changes where it goes, null where none was in force there
/// @param none what stands there without gates
public record ReleasePage(
    Frame frame,
    String title,
    String lede,
    String done,
    String wrong,
    Mark mark,
    String missing,
    List<TrackStage> track,
    List<Deed> deeds,
    ReleaseNow now,
    @Nullable ArtefactDiff difference,
    List<GateRow> gates,
    String none,
    List<AgreedRow> agreed,
    List<MoveRow> moves,
    List<Fact> pins) {
  public ReleasePage {
    track = List.copyOf(track);
    deeds = List.copyOf(deeds);
    gates = List.copyOf(gates);
    agreed = List.copyOf(agreed);
    moves = List.copyOf(moves);
    pins = List.copyOf(pins);
  }

  /// What one gate says.
  ///
  /// @param href where it is declared
  public record GateRow(
      String name,
      String href,
      String requires,
      Mark mark,
      String why,
      List<Fact> evidence,
      Moment since) {
    public GateRow {
      evidence = List.copyOf(evidence);
    }
  }

  /// Somebody who agreed.
  public record AgreedRow(String who, Mark mark, String reason, Moment at) {}

  /// One state that it came into.
  public record MoveRow(Mark mark, String missing, String by, String reason, Moment at) {}
}
