// SPDX-License-Identifier: Apache-2.0
/// The web pages: templates over views.
///
/// In: views of the rooms below. Out: HTML. It must not know a database, and can show or do nothing
/// that the API cannot.
@NullMarked
package dev.steward.console;

import org.jspecify.annotations.NullMarked;
