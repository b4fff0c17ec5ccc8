// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

/// How it stands with one witness.
///
/// @param cosignedSize of the newest checkpoint that it cosigned since the start, 0 for none
/// @param failure why it did not cosign the last time, "" when it did
public record WitnessStatus(String name, long cosignedSize, String failure) {}
