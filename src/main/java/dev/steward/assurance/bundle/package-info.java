// SPDX-License-Identifier: Apache-2.0
/// What is given out with its proofs: one file that anybody can check on a machine that has never
/// seen this server.
@NullMarked
package dev.steward.assurance.bundle;

import org.jspecify.annotations.NullMarked;
