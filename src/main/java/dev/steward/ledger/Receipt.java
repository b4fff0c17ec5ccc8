// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.Digest;

/// Proof of a durable append: the entry's place and its RFC 6962 leaf hash.
public record Receipt(long index, Digest leafHash) {}
