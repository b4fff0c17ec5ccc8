// SPDX-License-Identifier: Apache-2.0
/// The commands that talk to a running server, over the same API that everybody has.
@NullMarked
package dev.steward.server.client;

import org.jspecify.annotations.NullMarked;
