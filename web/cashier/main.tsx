import { render } from 'preact'
import { App } from './app.tsx'
import { CustomerDisplay } from './customer/customer-display.tsx'

const page = document.getElementById('page')
const isCustomers = location.hash === '#/customer-display'
if (page) render(isCustomers ? <CustomerDisplay /> : <App />, page)
