// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.domain.release.GateVerdict;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What one gate said of a release.
///
/// @param gate its name
/// @param requires word of its requirement
/// @param why in a sentence, without anybody's name
/// @param evidence what it rests on, by name: ids, moments, digests
public record GateResult(
    String gate, String requires, GateVerdict verdict, String why, Map<String, String> evidence) {
  public GateResult {
    evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
  }
}
