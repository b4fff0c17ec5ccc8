// SPDX-License-Identifier: Apache-2.0
/// Subcommands of `steward`.
@NullMarked
package dev.steward.server.cli;

import org.jspecify.annotations.NullMarked;
