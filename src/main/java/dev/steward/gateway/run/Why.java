// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

/// The model step that proposed a tool call.
///
/// @param traceId of the model call's span
/// @param spanId of the model call's span
/// @param found how the two were brought together
/// @param callId that the model gave what it proposed, "" where its dialect has none
public record Why(String traceId, String spanId, Found found, String callId) {

  /// By what a tool call and its proposal are known to belong together.
  public enum Found {
    /// The id that the model's answer gave the call.
    CALL_ID,
    /// The same tool with equal arguments.
    ARGUMENTS;

    /// As it stands in spans.
    public String word() {
      return this == CALL_ID ? "call-id" : "arguments";
    }
  }
}
