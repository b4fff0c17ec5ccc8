// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

/// An answer as a client heard it.
///
/// @param events of a stream
/// @param done whether it ended as a chat stream must
/// @param said its first bytes
/// @param firstNanos when its head had come
/// @param lastNanos when its last byte had come
public record Heard(
    int status,
    long bytes,
    int events,
    boolean done,
    String said,
    long firstNanos,
    long lastNanos) {}
