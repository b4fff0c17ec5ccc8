// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

/// How a version takes over from the one in force.
public enum Strategy {
  /// For every call from the next one on.
  DIRECT
}
