/**
 * Stands in for the table of all media types (`mime-db`) that Mandrill's client brings along for uploads, of which there are none:
 * a fifth of a function that sends e-mail, read at each cold start.
 */
export {};
