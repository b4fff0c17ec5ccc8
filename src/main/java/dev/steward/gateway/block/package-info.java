// SPDX-License-Identifier: Apache-2.0
/// Dialects whose streams tell one block after the other, each with a beginning and an end: a tool
/// call waits until its block is whole and judged.
@NullMarked
package dev.steward.gateway.block;

import org.jspecify.annotations.NullMarked;
