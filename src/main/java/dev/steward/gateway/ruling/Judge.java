// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.ruling;

/// Says what becomes of a tool call that a model proposes. It is asked once for each, in their
/// order.
@FunctionalInterface
public interface Judge {
  Ruling judge(Proposed call);
}
