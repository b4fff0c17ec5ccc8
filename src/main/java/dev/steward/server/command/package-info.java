// SPDX-License-Identifier: Apache-2.0
/// The words of the command line that ask or change a running server.
@NullMarked
package dev.steward.server.command;

import org.jspecify.annotations.NullMarked;
