// SPDX-License-Identifier: Apache-2.0
/// Changes that wait for a second person, over the API and on the command line.
@NullMarked
package dev.steward.server.proposal;

import org.jspecify.annotations.NullMarked;
