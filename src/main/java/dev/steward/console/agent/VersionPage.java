// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.artefact.ArtefactPart;
import dev.steward.console.frame.Frame;
import java.util.List;

/// What differs between two versions of an agent, artefact by artefact.
///
/// @param same how many of the seven do not differ, in words
/// @param turned address of the same the other way round
public record VersionPage(
    Frame frame,
    String name,
    Side before,
    Side after,
    String lede,
    List<ArtefactPart> parts,
    String same,
    String turned) {

  /// One of the two versions.
  public record Side(String shown, String digest, String words) {}
}
