// SPDX-License-Identifier: Apache-2.0
/// The data folder: what lies where in it, and why a start on it may be refused.
@NullMarked
package dev.steward.server.folder;

import org.jspecify.annotations.NullMarked;
