"""初审与镇审核: the village's opinion, its roll, the town's review and the papers of it."""
