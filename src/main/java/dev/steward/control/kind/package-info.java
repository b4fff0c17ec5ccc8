// SPDX-License-Identifier: Apache-2.0
/// The kinds of resources: one class a kind, all in the table `Kinds`.
///
/// A kind reads its `spec` from YAML and from the stored body alike, and writes it back.
@NullMarked
package dev.steward.control.kind;

import org.jspecify.annotations.NullMarked;
