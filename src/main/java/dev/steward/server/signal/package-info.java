// SPDX-License-Identifier: Apache-2.0
/// How agents' runs went, over the API and at a terminal.
@NullMarked
package dev.steward.server.signal;

import org.jspecify.annotations.NullMarked;
