// SPDX-License-Identifier: Apache-2.0
/// The console's way out to browsers: its pages, files and live feeds as routes, login and logout.
@NullMarked
package dev.steward.server.pages;

import org.jspecify.annotations.NullMarked;
