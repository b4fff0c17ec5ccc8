// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

/// Where what is known of a model call goes that a tool server had its client make.
@FunctionalInterface
public interface SampledRecords {
  /// Keeps it, or sees to it that it is kept.
  void record(SampledRecord call);
}
