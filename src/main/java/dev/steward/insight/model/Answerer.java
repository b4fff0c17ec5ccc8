// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.model;

/// Who answered a call, as far as the provider tells.
///
/// @param model as the provider names it
/// @param fingerprint of what runs behind that name, "" where none is told
public record Answerer(String model, String fingerprint) {
  /// In words, such as `gpt-5-2026-10-01, fingerprint fp_1`.
  public String words() {
    return fingerprint.isEmpty() ? model : model + ", fingerprint " + fingerprint;
  }
}
