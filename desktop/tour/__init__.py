"""The guided tour: a town's whole procedure played through the real windows, as a show, a proof and a picture book."""
