import { z } from 'zod'

// People read what is wrong with their input in Russian. Imported for this effect by what parses it.
z.config(z.locales.ru())
