import { render } from 'preact'
import 'uplot/dist/uPlot.min.css'
import './dashboard.css'
import { Dashboard } from './Dashboard'

const place = document.getElementById('dashboard')
if (place) render(<Dashboard />, place)
