import { z } from 'zod'

// People read what is wrong with their input in Russian. What parses input imports this file.
z.config(z.locales.ru())
