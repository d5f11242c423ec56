/** The code of the guide's pages: what users write, in a package of their own. */
@NullMarked
package org.example.shop;

import org.jspecify.annotations.NullMarked;
